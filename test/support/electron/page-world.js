// Runs in the page's own world before anything of the page: takes what `contextBridge` hands over.
() => {
  const answers = new Map();
  const promises = new Map();
  const callbacks = new Map();
  let last = 0;
  const hear = (name, take) => document.addEventListener(`electron:${name}`, ({ detail }) => take(detail));

  const call = (key, name, args) => {
    const id = ++last;
    const sent = args.map((argument) => {
      if (typeof argument !== 'function') return argument;
      callbacks.set(++last, argument);
      return { callback: last };
    });
    document.dispatchEvent(new CustomEvent('electron:call', { detail: { id, key, name, args: sent } }));
    const answer = answers.get(id);
    answers.delete(id);
    if (answer?.error !== undefined) throw new Error(answer.error);
    if (!answer?.isPromise) return answer?.value;
    return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
  };

  hear('answer', (answer) => answers.set(answer.id, answer));
  hear('settle', ({ id, value, error }) => {
    const { resolve, reject } = promises.get(id);
    promises.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  });
  hear('callback', ({ id, given }) => callbacks.get(id)(...given));
  hear('expose', ({ key, values }) => {
    const entries = values.map(({ name, value, isFunction }) => [
      name,
      isFunction ? (...args) => call(key, name, args) : value,
    ]);
    Object.defineProperty(window, key, {
      value: Object.freeze(Object.fromEntries(entries)),
      enumerable: true,
    });
  });
};
