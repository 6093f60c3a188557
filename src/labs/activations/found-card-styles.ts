/** The look of a card with a finding: a figure that the eye lands on, a sentence, then the evidence that fills the card. */
import { css } from 'lit';

export const foundCardStyles = css`
  :host {
    display: flex;
    min-width: 0;
  }
  .card {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-direction: column;
    padding-bottom: 12px;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 12px;
    margin-bottom: 6px;
  }
  h2 {
    margin: 0;
  }
  .math {
    text-transform: none;
  }
  .big {
    font-size: clamp(22px, 2.2vw, 32px);
    line-height: 1.1;
    text-wrap: balance;
  }
  .big.wait {
    color: var(--soft);
    font-weight: 500;
    letter-spacing: -0.01em;
  }
  .words {
    margin: 3px 0 8px;
    line-height: 1.35;
    min-height: 34px;
  }
  .nothing {
    flex: 1;
    display: grid;
    place-items: center;
    min-height: 120px;
    border: 1px dashed var(--line);
    border-radius: 8px;
    padding: 16px;
    text-align: center;
    text-wrap: balance;
  }
`;
