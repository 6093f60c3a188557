/** The three columns on a desk, two on a tablet, one on a phone with the evidence right after the data. */
import { css } from 'lit';

export const trainLabStyles = css`
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
    grid-template-columns: 292px minmax(0, 1fr) 308px;
    gap: 16px;
    padding: 16px 20px 84px;
  }
  .col {
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-width: 0;
  }
  cost-card {
    flex: 1 1 300px;
    min-height: 280px;
  }
  speed-card {
    flex: none;
  }
  /* On a desk the evidence stays in sight and fills the height, however long the columns beside it are. */
  @media (min-width: 1100px) and (min-height: 640px) {
    .grid {
      min-height: 0;
      overflow-y: auto;
      container-type: size;
      scrollbar-width: thin;
    }
    .center {
      position: sticky;
      top: 0;
      height: 100cqh;
      min-height: 600px;
    }
  }
  @media (max-width: 1099px) {
    .grid {
      grid-template-columns: 292px minmax(0, 1fr);
    }
    .controls {
      grid-row: 1 / span 2;
    }
    cost-card {
      min-height: 420px;
    }
  }
  @media (max-width: 759px) {
    .grid {
      display: flex;
      flex-direction: column;
      gap: 10px;
      padding: 10px 12px 150px;
    }
    notice-list {
      padding: 10px 12px 0;
    }
    .col {
      display: contents;
    }
    data-card {
      order: 1;
    }
    cost-card {
      order: 2;
      flex: none;
      min-height: 330px;
    }
    speed-card {
      order: 3;
    }
    accuracy-card {
      order: 4;
    }
    boundary-card,
    examples-card {
      order: 5;
    }
    model-card {
      order: 6;
    }
    race-card {
      order: 7;
    }
    weights-card {
      order: 8;
    }
  }
`;
