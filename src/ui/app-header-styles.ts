/** The look of the header, wide and narrow. */
import { css } from 'lit';

export const headerStyles = css`
  .skip {
    position: absolute;
    left: 12px;
    top: -60px;
    z-index: 20;
    padding: 8px 14px;
    border: 0;
    border-radius: 8px;
    background: var(--ink);
    color: var(--paper);
    font: inherit;
  }
  .skip:focus {
    top: 8px;
  }
  header {
    min-height: 52px;
    display: flex;
    align-items: center;
    gap: 8px 22px;
    padding: 0 20px;
    border-bottom: 1px solid var(--line);
  }
  .mark {
    font-weight: 650;
    letter-spacing: -0.01em;
    font-size: 16px;
    display: flex;
    gap: 8px;
    align-items: center;
    text-decoration: none;
    border-radius: 6px;
  }
  nav {
    display: flex;
    gap: 2px;
    flex: 1;
  }
  nav a {
    padding: 6px 11px;
    border-radius: 7px;
    color: var(--soft);
    text-decoration: none;
  }
  nav a:hover {
    color: var(--ink);
  }
  nav a.on {
    background: var(--ink);
    color: var(--paper);
  }
  .machine,
  .tools {
    display: flex;
    gap: 10px;
    align-items: center;
    min-width: 0;
  }
  .machine {
    flex: 0 1 auto;
  }
  .chip {
    border: 1px solid var(--line);
    border-radius: 99px;
    padding: 4px 11px;
    font: inherit;
    font-size: 12.5px;
    line-height: 1.45;
    color: var(--soft);
    background: var(--card);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    min-width: 0;
  }
  .chip b {
    color: var(--ink);
    font-weight: 600;
    margin-right: 3px;
  }
  .chip strong {
    margin: 0 -6px 0 6px;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--bad);
    color: var(--card);
    font-weight: 600;
  }
  .chip.loud {
    border-color: var(--bad);
    flex: none;
    /* the word reaches into the padding, which Firefox takes for too little room */
    text-overflow: clip;
  }
  input.chip {
    width: 150px;
    color: var(--ink);
  }
  input.chip::placeholder {
    color: var(--soft);
    opacity: 1;
  }
  button.chip {
    color: var(--ink);
    cursor: pointer;
    min-width: 30px;
    padding: 4px 9px;
  }
  button.chip:hover,
  input.chip:hover {
    border-color: var(--soft);
  }
  .tools {
    flex: none;
  }
  /* seven labs and a clock beside the machine: what can be read elsewhere gives way */
  @media (min-width: 901px) and (max-width: 1599px) {
    nav a {
      padding: 6px 8px;
    }
    .machine,
    .tools {
      gap: 6px;
    }
    input.chip {
      width: 136px;
    }
    .chip {
      padding: 4px 9px;
    }
  }
  @media (max-width: 900px) {
    header {
      flex-wrap: wrap;
      gap: 8px 12px;
      padding: 8px 14px;
    }
    nav {
      flex-wrap: wrap;
    }
    nav a {
      padding: 6px 9px;
    }
    .machine {
      order: 3;
      flex: 1 0 100%;
      flex-wrap: wrap;
      gap: 6px 8px;
    }
    .machine .chip {
      flex: none;
    }
    .machine input.chip {
      flex: 1 1 110px;
    }
  }
`;
