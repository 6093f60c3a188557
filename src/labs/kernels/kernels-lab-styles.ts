/** The editor fills the height of a desk and stays in sight; on a phone the list comes first, then the editor, then what was found. */
import { css } from 'lit';

/** Code that is shown beside the editor, and what opens to show it. */
export const listing = css`
  pre {
    max-height: 300px;
    margin: 8px 0 0;
    overflow: auto;
    font:
      12px/1.5 ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      monospace;
  }
  details {
    margin-top: 8px;
  }
  summary {
    cursor: pointer;
    font-size: 12.5px;
    color: var(--soft);
  }
`;

export const kernelsLabStyles = css`
  :host {
    --columns: 240px minmax(0, 1fr) 340px;
    --transport-room: 150px;
  }
  editor-card {
    min-width: 0;
    min-height: 480px;
  }
  @media (min-width: 1100px) and (min-height: 640px) {
    editor-card {
      position: sticky;
      top: 0;
      height: 100cqh;
    }
  }
  @media (max-width: 759px) {
    lesson-card {
      order: 1;
    }
    editor-card {
      order: 2;
      flex: none;
      height: 70vh;
    }
    gate-card {
      order: 3;
    }
    adopt-card {
      order: 4;
    }
    clock-card {
      order: 5;
    }
    features-card {
      order: 6;
    }
    facts-card {
      order: 7;
    }
    file-list {
      order: 8;
    }
  }
  @media (max-height: 420px) {
    :host {
      --transport-room: 10px;
    }
    /* not at the end of a long page: before what it runs */
    notice-list {
      order: -2;
    }
    kernels-transport {
      order: -1;
    }
    editor-card {
      height: auto;
      min-height: 0;
    }
  }
`;
