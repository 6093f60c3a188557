/** The three columns on a desk, two on a tablet, one on a phone with the evidence right after the data. */
import { css } from 'lit';

export const trainLabStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: calc(100vh - 53px);
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
  .center {
    position: sticky;
    top: 16px;
    min-height: 560px;
    max-height: calc(100vh - 153px);
  }
  cost-card {
    flex: 1 1 300px;
    min-height: 0;
  }
  speed-card {
    flex: none;
  }
  @media (max-height: 720px) {
    .center {
      position: static;
      max-height: none;
    }
  }
  @media (max-width: 1099px) {
    .grid {
      grid-template-columns: 292px minmax(0, 1fr);
    }
    .controls {
      grid-row: 1 / span 2;
    }
    .center {
      position: static;
      max-height: none;
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
