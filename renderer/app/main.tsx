import { connect } from '../connect/connect';
import { showWindow } from './show-window';

showWindow(connect());
