/** Where the cards of the Compare lab stand, wide and narrow, and how it shows that files may be dropped. */
import { css } from 'lit';

export const compareLabStyles = css`
  :host {
    --columns: 300px minmax(0, 1fr) 300px;
    --transport-room: 150px;
  }
  .drop {
    outline: 3px dashed var(--gpu);
    outline-offset: -8px;
  }
  input[type='file'] {
    display: none;
  }
  .empty {
    min-height: 200px;
    display: grid;
    place-items: center;
    text-align: center;
    text-wrap: balance;
  }
  @media (max-width: 759px) {
    results-card {
      order: 2;
      --list-height: 300px;
    }
    .empty,
    speed-ups-card,
    chart-card {
      order: 3;
    }
    places-card {
      order: 4;
    }
    detail-card {
      order: 5;
    }
  }
`;
