/** The picture fills the height of a desk; on a phone it comes first, then the words, then the controls. */
import { css } from 'lit';

export const lossLabStyles = css`
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
    .center {
      position: sticky;
      top: 0;
      height: 100cqh;
      min-height: 660px;
    }
  }
  @media (max-width: 1099px) {
    surface-card {
      flex: none;
      height: 620px;
    }
  }
  @media (max-width: 759px) {
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
