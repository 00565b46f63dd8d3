import './styles/main.css';
import 'htmx.org';

import { Connection } from './islands/connection';
import { Copy } from './islands/copy';
import { Draft } from './islands/draft';
import { Keys } from './islands/keys';
import { Live } from './islands/live';
import { Photos } from './islands/photos';
import { Pick } from './islands/pick';
import { Print } from './islands/print';
import { Reveal } from './islands/reveal';
import { Suggest } from './islands/suggest';
import { Switch } from './islands/switch';
import { Trend } from './islands/trend';

customElements.define('shuniu-connection', Connection);
customElements.define('shuniu-copy', Copy);
customElements.define('shuniu-draft', Draft);
customElements.define('shuniu-keys', Keys);
customElements.define('shuniu-live', Live);
customElements.define('shuniu-photos', Photos);
customElements.define('shuniu-pick', Pick);
customElements.define('shuniu-print', Print);
customElements.define('shuniu-reveal', Reveal);
customElements.define('shuniu-suggest', Suggest);
customElements.define('shuniu-switch', Switch);
customElements.define('shuniu-trend', Trend);
