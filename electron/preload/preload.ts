import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('teal', {
  shell: 'electron',
  pickFolder: () => ipcRenderer.invoke('teal:pick-folder'),
});

// The window says when it listens; only then is its port asked for, so that no message is lost.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'teal:ready') ipcRenderer.send('teal:ready');
});

ipcRenderer.on('teal:port', (event) => window.postMessage('teal:port', '*', [...event.ports]));
