/**
 * The frame of every lab: its controls beside its evidence on a desk, two columns on a tablet, one on a phone, above the
 * transport. A lab says how wide its columns are (`--columns`) and what comes when on a phone; the cards are its own.
 */
import { css } from 'lit';

export const labFrame = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  notice-list {
    padding: 12px 20px 0;
  }
  .grid {
    flex: 1;
    display: grid;
    grid-template-columns: var(--columns, 292px minmax(0, 1fr) 308px);
    gap: 16px;
    padding: 16px 20px 84px;
  }
  .col {
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-width: 0;
  }
  .question h3 {
    margin: 0 0 6px;
    font-size: 15px;
    font-weight: 650;
  }
  /* On a desk the columns scroll and the page does not, so that evidence can stay in sight beside long controls. */
  @media (min-width: 1100px) and (min-height: 640px) {
    .grid {
      min-height: 0;
      overflow-y: auto;
      container-type: size;
      scrollbar-width: thin;
    }
  }
  @media (max-width: 1099px) {
    .grid {
      grid-template-columns: 292px minmax(0, 1fr);
    }
    .controls {
      grid-row: 1 / span 2;
    }
  }
  @media (max-width: 759px) {
    .grid {
      display: flex;
      flex-direction: column;
      gap: 10px;
      padding: 10px 12px var(--transport-room, 150px);
    }
    notice-list {
      padding: 10px 12px 0;
    }
    .col {
      display: contents;
    }
    .question {
      order: 1;
    }
  }
`;
