/** Controls, graph and words side by side on a desk, words below on a tablet, all in a column on a phone. */
import { css } from 'lit';

export const graphLabStyles = css`
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
  graph-card,
  loop-card {
    min-width: 0;
    min-height: 440px;
  }
  /* On a desk the graph stays in sight and fills the height, however long the columns beside it are. */
  @media (min-width: 1100px) and (min-height: 640px) {
    .grid {
      min-height: 0;
      overflow-y: auto;
      container-type: size;
      scrollbar-width: thin;
    }
    graph-card {
      position: sticky;
      top: 0;
      height: 100cqh;
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
      padding: 10px 12px 180px;
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
    graph-card,
    loop-card {
      order: 2;
      flex: none;
      min-height: 400px;
    }
    loop-card {
      min-height: 0;
    }
    words-card,
    times-card {
      order: 3;
    }
    expression-card {
      order: 4;
    }
    inputs-card {
      order: 5;
    }
    nudge-card {
      order: 6;
    }
    nodes-card {
      order: 7;
    }
  }
`;
