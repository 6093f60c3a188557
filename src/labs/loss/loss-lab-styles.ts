/** Controls, evidence and words side by side on a desk, two columns on a tablet, one on a phone with the picture near the top. */
import { css } from 'lit';

export const lossLabStyles = css`
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
  .question h3 {
    margin: 0 0 6px;
    font-size: 15px;
    font-weight: 650;
  }
  surface-card {
    flex: 1 1 420px;
    min-height: 400px;
  }
  example-card {
    flex: none;
  }
  /* So that nothing jumps when it comes. */
  .example-to-come {
    flex: none;
    height: 236px;
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
      min-height: 660px;
    }
  }
  @media (max-width: 1099px) {
    .grid {
      grid-template-columns: 292px minmax(0, 1fr);
    }
    .controls {
      grid-row: 1 / span 2;
    }
    surface-card {
      flex: none;
      height: 620px;
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
    .question {
      order: 1;
    }
    surface-card {
      order: 2;
      height: 560px;
    }
    step-card {
      order: 3;
    }
    outcome-card {
      order: 4;
    }
    points-card {
      order: 5;
    }
    descent-card {
      order: 6;
    }
    slice-card {
      order: 7;
    }
    example-card {
      order: 8;
    }
  }
`;
