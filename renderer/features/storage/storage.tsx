export { Elsewhere, OpenElsewhere } from './elsewhere';
export { PageProjects } from './page-projects';
export { Unfit } from './unfit';
export { useRoomNotice } from './use-room-notice';
