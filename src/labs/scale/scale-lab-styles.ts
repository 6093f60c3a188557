/** Two charts beside the controls on a desk, below each other on a tablet; on a phone the evidence comes before the controls. */
import { css } from 'lit';

export const scaleLabStyles = css`
  :host {
    --columns: 292px minmax(0, 1fr) minmax(0, 1fr);
  }
  time-card,
  score-card {
    min-width: 0;
    min-height: 560px;
  }
  /* On a desk the charts stay in sight and fill the height, however long the controls are. */
  @media (min-width: 1100px) and (min-height: 640px) {
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
  @media (max-width: 759px) {
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
