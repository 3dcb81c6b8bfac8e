// Before the first paint: the theme that the window was left in, or the system's.
(() => {
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('teal.theme') ?? '{}').state?.theme ?? theme;
  } catch (error) {
    console.warn('The kept theme could not be read.', error);
  }
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
