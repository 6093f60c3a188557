/** The evidence fills the height of a desk; on a phone it comes right after the data. */
import { css } from 'lit';

export const trainLabStyles = css`
  cost-card {
    flex: 1 1 300px;
    min-height: 280px;
  }
  speed-card {
    flex: none;
  }
  /* On a desk the evidence stays in sight and fills the height, however long the columns beside it are. */
  @media (min-width: 1100px) and (min-height: 640px) {
    .center {
      position: sticky;
      top: 0;
      height: 100cqh;
      min-height: 600px;
    }
  }
  @media (max-width: 1099px) {
    cost-card {
      min-height: 420px;
    }
  }
  @media (max-width: 759px) {
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
