/** The look of the speed card: one number that the eye lands on, the rest quiet. */
import { css } from 'lit';

export const speedCardStyles = css`
  .top {
    display: flex;
    align-items: flex-end;
    gap: 6px 18px;
    flex-wrap: wrap;
    min-height: 46px;
  }
  .headline {
    display: flex;
    align-items: baseline;
    gap: 8px;
    white-space: nowrap;
  }
  .gpu {
    color: var(--gpu);
  }
  .cpu {
    color: var(--cpu);
  }
  .big.even,
  .big.wait {
    font-size: 30px;
    letter-spacing: -0.02em;
    line-height: 44px;
  }
  .big.wait {
    color: var(--soft);
    font-weight: 500;
  }
  .words {
    font-size: 15px;
    font-weight: 500;
    color: var(--soft);
  }
  .aside {
    flex: 1 1 260px;
    padding-bottom: 2px;
  }
  .aside span {
    display: block;
  }
  .ghost b {
    font-weight: 600;
    color: var(--soft);
  }
  .lanes {
    margin: 10px 0 6px;
  }
  .room {
    height: 104px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    font-size: 12px;
    min-height: 18px;
  }
  .legend i {
    display: inline-block;
    width: 9px;
    height: 9px;
    border-radius: 2px;
    margin-right: 5px;
    background: var(--soft);
  }
  .how {
    margin-left: auto;
  }
  .why {
    margin-top: 6px;
  }
  .why b {
    font-weight: 600;
    color: var(--ink);
  }
`;
