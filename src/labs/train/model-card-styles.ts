/** The look of the model card: layers as boxes in a row. */
import { css } from 'lit';

export const modelCardStyles = css`
  .net {
    display: flex;
    align-items: center;
    gap: 6px;
    flex-wrap: wrap;
    margin-bottom: 8px;
  }
  .layer {
    border: 1px solid var(--line);
    border-radius: 7px;
    padding: 5px 8px;
    min-width: 30px;
    background: none;
    font-size: 12.5px;
    line-height: 1.4;
    text-align: center;
  }
  .layer small {
    display: block;
    color: var(--soft);
    font-size: 10.5px;
  }
  button.layer:hover {
    border-color: var(--soft);
  }
  .layer[aria-expanded='true'] {
    border-color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--ink);
  }
  .layer.add {
    border-style: dashed;
    padding: 5px 10px;
    color: var(--soft);
  }
  .arrow {
    color: var(--soft);
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 96px;
    gap: 20px;
    --field-width: 90px;
  }
  .pair > :last-child {
    --field-width: 54px;
  }
  .editor {
    display: block;
    margin: 0 0 8px;
    padding: 6px 10px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--paper);
  }
`;
