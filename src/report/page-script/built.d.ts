/** The script of the report page with all it needs, as `npm run page-script` bundles it into `built.js`. */
export declare const PAGE_SCRIPT: string;
/** Its hash as a Content-Security-Policy takes it: `'sha256-…'` */
export declare const PAGE_SCRIPT_HASH: string;
