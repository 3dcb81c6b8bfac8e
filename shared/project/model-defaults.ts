import type { KindDefaults } from './kind';
import type { AuditCall } from './model';

/** What config.yaml gives models that do not say it themselves. */
export interface ModelDefaults {
  readonly start: number | null;
  readonly cron: string;
  /** the text of a `kind` property; VIEW whatever config.yaml says, as SQLMesh has it for models in SQL */
  readonly kind: string;
  readonly relativeStart?: string;
  readonly cronZone?: string;
  readonly intervalUnit?: string;
  readonly dialect?: string;
  readonly owner?: string;
  readonly enabled?: boolean;
  readonly allowPartials?: boolean;
  readonly audits?: readonly AuditCall[];
  /** the gateway whose models are filled */
  readonly gateway?: string;
  readonly kinds?: KindDefaults;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly onVirtualUpdate?: readonly string[];
}
