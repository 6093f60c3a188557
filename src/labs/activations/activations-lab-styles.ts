/** Two columns of evidence on a desk, one on a tablet; on a phone the evidence comes before the controls. */
import { css } from 'lit';

export const activationsLabStyles = css`
  :host {
    --columns: 272px minmax(0, 1.08fr) minmax(0, 1fr);
    --transport-room: 130px;
  }
  cost-curves {
    flex: 1 1 320px;
  }
  gradient-card {
    flex: 1.15 1 340px;
  }
  outputs-card {
    flex: 1 1 290px;
  }
  @media (max-width: 1099px) {
    .seen {
      grid-column: 2;
    }
    cost-curves,
    gradient-card,
    outputs-card {
      flex: none;
      min-height: 400px;
    }
  }
  @media (max-width: 759px) {
    curves-card {
      order: 2;
    }
    cost-curves {
      order: 3;
    }
    gradient-card {
      order: 4;
    }
    outputs-card {
      order: 5;
    }
    nets-card {
      order: 6;
    }
  }
`;
