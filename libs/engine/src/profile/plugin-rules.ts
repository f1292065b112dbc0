import type { PluginRule } from './plugin-sign.js';
import { antreaRule } from './plugins/antrea.js';
import { awsVpcCniRule } from './plugins/aws-vpc-cni.js';
import { azureNpmRule } from './plugins/azure-npm.js';
import { calicoRule } from './plugins/calico.js';
import { canalRule } from './plugins/canal.js';
import { ciliumRule } from './plugins/cilium.js';
import { flannelRule } from './plugins/flannel.js';
import { gkeDataplaneV2Rule } from './plugins/gke-dataplane-v2.js';
import { kindnetRule } from './plugins/kindnet.js';
import { kubeNetworkPoliciesRule } from './plugins/kube-network-policies.js';
import { kubeRouterRule } from './plugins/kube-router.js';
import { ovnKubernetesRule } from './plugins/ovn-kubernetes.js';
import { weaveNetRule } from './plugins/weave-net.js';

/** Every plugin that is recognised, in the order in which detections are listed. */
export const PLUGIN_RULES: readonly PluginRule[] = Object.freeze([
  calicoRule,
  canalRule,
  ciliumRule,
  antreaRule,
  ovnKubernetesRule,
  kubeRouterRule,
  kubeNetworkPoliciesRule,
  kindnetRule,
  weaveNetRule,
  awsVpcCniRule,
  azureNpmRule,
  gkeDataplaneV2Rule,
  flannelRule,
]);
