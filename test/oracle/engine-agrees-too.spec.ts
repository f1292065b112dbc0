import { agreeOnClusters } from './engine-agreement/agree-on-clusters.js';

agreeOnClusters('second');
