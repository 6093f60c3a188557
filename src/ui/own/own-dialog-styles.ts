/** The look of the dialog for a user's own files. */
import { css } from 'lit';

export const ownDialogStyles = css`
  wa-dialog {
    --width: 860px;
  }
  wa-dialog::part(title) {
    font-size: 16px;
    font-weight: 650;
  }
  .zone {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 10px;
    padding: 26px 16px;
    border: 1.5px dashed var(--line);
    border-radius: var(--radius);
    text-align: center;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    justify-content: center;
  }
  .error {
    margin-bottom: 12px;
    padding: 9px 14px;
    border: 1px solid var(--bad);
    border-radius: 8px;
    background: var(--bad-soft);
    overflow-wrap: anywhere;
  }
  .note {
    margin: 0 0 8px;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 18px 0 6px;
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.04em;
    text-transform: uppercase;
    color: var(--soft);
  }
  ul.kept {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .kept li {
    display: flex;
    gap: 10px;
    align-items: center;
    padding: 4px 0;
    border-bottom: 1px solid var(--line);
  }
  .kept span:first-child {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  progress {
    width: 100%;
    height: 6px;
    accent-color: var(--ink);
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    gap: 8px 18px;
  }
  .choices label {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 10px;
    color: var(--soft);
  }
  select,
  input[type='number'] {
    font: inherit;
    color: var(--ink);
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 6px;
    padding: 3px 6px;
    min-width: 0;
    max-width: 180px;
  }
  .footer {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: center;
    justify-content: flex-end;
    width: 100%;
  }
  .footer label {
    margin-right: auto;
    display: flex;
    gap: 6px;
    align-items: center;
  }
`;
