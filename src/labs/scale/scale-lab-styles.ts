/** Controls and two charts side by side on a desk, the charts below each other on a tablet, all in a column on a phone. */
import { css } from 'lit';

export const scaleLabStyles = css`
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
    grid-template-columns: 292px minmax(0, 1fr) minmax(0, 1fr);
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
  time-card,
  score-card {
    min-width: 0;
    min-height: 560px;
  }
  /* On a desk the charts stay in sight and fill the height, however long the controls are. */
  @media (min-width: 1100px) and (min-height: 640px) {
    .grid {
      min-height: 0;
      overflow-y: auto;
      container-type: size;
      scrollbar-width: thin;
    }
    /* above the transport, so that it is seen whatever else is */
    progress-card {
      position: sticky;
      bottom: 0;
      margin-top: auto;
      border-radius: var(--radius);
      box-shadow: 0 0 0 20px var(--paper);
      clip-path: inset(-12px 0 -20px);
    }
    time-card,
    score-card {
      position: sticky;
      top: 0;
      height: 100cqh;
      min-height: 540px;
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
    progress-card {
      order: 2;
    }
    time-card {
      order: 3;
    }
    score-card {
      order: 4;
    }
    sweep-card {
      order: 5;
    }
    models-card {
      order: 6;
    }
    time-card,
    score-card {
      flex: none;
      min-height: 540px;
    }
  }
`;
