import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface EnvironmentChoice {
  /** a name; it may be gone from the project, see `useEnvironment` */
  readonly environment: string;
}

export const useEnvironmentChoice = create<EnvironmentChoice>()(
  persist((): EnvironmentChoice => ({ environment: 'prod' }), { name: 'teal.environment' }),
);

export function chooseEnvironment(environment: string): void {
  useEnvironmentChoice.setState({ environment });
}
