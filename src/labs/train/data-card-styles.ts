/** The look of the data card: six pictures, or one row of them on a phone. */
import { css } from 'lit';

export const dataCardStyles = css`
  .sets {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 8px;
  }
  .set {
    position: relative;
    border: 1px solid var(--line);
    border-radius: 8px;
    padding: 6px;
    font-size: 11.5px;
    line-height: 1.3;
    color: var(--soft);
    text-align: center;
    cursor: pointer;
    white-space: nowrap;
  }
  .set:hover {
    border-color: var(--soft);
  }
  .set:has(:checked) {
    border-color: var(--ink);
    color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--ink);
  }
  .set:has(:focus-visible) {
    outline: 2px solid var(--gpu);
    outline-offset: 2px;
  }
  .set input {
    position: absolute;
    opacity: 0;
    inset: 0;
    margin: 0;
    width: 100%;
    height: 100%;
    cursor: pointer;
  }
  .set img {
    display: block;
    width: 100%;
    height: 34px;
    object-fit: cover;
    border-radius: 5px;
    margin-bottom: 4px;
    background: var(--paper);
  }
  own-button {
    display: block;
    min-height: 36px;
  }
  .question {
    margin: 8px 0 2px;
    min-height: 22px;
  }
  summary {
    cursor: pointer;
    display: flex;
    justify-content: space-between;
    gap: 10px;
    min-height: 27px;
    align-items: center;
    color: var(--soft);
    list-style: none;
    border-radius: 5px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::after {
    content: '';
    flex: none;
    width: 6px;
    height: 6px;
    margin: -3px 2px 0 0;
    border: solid var(--soft);
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
  }
  details[open] > summary::after {
    rotate: 225deg;
    margin-top: 3px;
  }
  summary > :nth-child(2) {
    white-space: nowrap;
    margin-left: auto;
    color: var(--ink);
  }
  .question summary {
    min-height: 22px;
    margin: 0;
  }
  ul {
    margin: 2px 0 0;
    padding-left: 16px;
    font-size: 12px;
    color: var(--soft);
  }
  @media (max-width: 759px) {
    .sets {
      display: flex;
      overflow-x: auto;
      margin: 0 -16px;
      padding: 2px 16px 4px;
      scrollbar-width: none;
    }
    .set {
      flex: 0 0 88px;
    }
  }
`;
