/** The graph fills the height of a desk; on a phone it comes first, then the words, then the controls. */
import { css } from 'lit';

export const graphLabStyles = css`
  :host {
    --transport-room: 180px;
  }
  graph-card,
  loop-card {
    min-width: 0;
    min-height: 440px;
  }
  /* On a desk the graph stays in sight and fills the height, however long the columns beside it are. */
  @media (min-width: 1100px) and (min-height: 640px) {
    graph-card {
      position: sticky;
      top: 0;
      height: 100cqh;
    }
  }
  @media (max-width: 759px) {
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
