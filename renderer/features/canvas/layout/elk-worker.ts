// The layouter listens for messages as soon as it is loaded in a worker; it has nothing to export.
import 'elkjs/lib/elk-worker.min.js';
