export { type FailedAudit, FailingRows } from './failing-rows';
