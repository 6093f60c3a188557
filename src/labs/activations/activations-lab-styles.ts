/** Controls, then two columns of evidence on a desk; the evidence in one column on a tablet; all in one on a phone. */
import { css } from 'lit';

export const activationsLabStyles = css`
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
    grid-template-columns: 272px minmax(0, 1.08fr) minmax(0, 1fr);
    gap: 12px 16px;
    padding: 16px 20px 82px;
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
  cost-curves {
    flex: 1 1 320px;
  }
  gradient-card {
    flex: 1.15 1 340px;
  }
  outputs-card {
    flex: 1 1 290px;
  }
  @media (min-width: 1100px) and (min-height: 640px) {
    .grid {
      min-height: 0;
      overflow-y: auto;
      scrollbar-width: thin;
    }
  }
  @media (max-width: 1099px) {
    .grid {
      grid-template-columns: 272px minmax(0, 1fr);
    }
    .controls {
      grid-row: 1 / span 2;
    }
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
    .grid {
      display: flex;
      flex-direction: column;
      gap: 10px;
      padding: 10px 12px 130px;
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
