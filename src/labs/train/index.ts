/** The Train lab as the shell knows it. */
import { html } from 'lit';
import './train-lab.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';

export function render(context: LabContext): ReturnType<LabView['render']> {
  const { settings, race, machine, machineName } = context;
  return html`<train-lab
    .context=${context}
    .settings=${settings}
    .race=${race}
    .machine=${machine}
    machineName=${machineName}
  ></train-lab>`;
}
