import type { Detection, WorkloadSelector } from '@portolan/model';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { newModel } from '../schema/new-model.js';
import {
  ClusterProfileModel,
  DnsProfileModel,
  ProfileDetectionModel,
  WorkloadSelectorModel,
} from './cluster-profile.model.js';
import type { SnapshotProfile } from '../indexes/snapshot-profiles.js';

/** From a profile in effect to the type of the API. */
export function toClusterProfileModel({
  profile,
  settings,
  detections,
}: SnapshotProfile): ClusterProfileModel {
  const { dns, ingressControllers, ...facts } = profile;
  return newModel(ClusterProfileModel, {
    ...facts,
    dns: newModel(DnsProfileModel, {
      pods: toSelectorModel(dns.pods),
      nodeLocalAddress: dns.nodeLocalAddress,
      traffic: toTrafficSetModel(dns.traffic),
    }),
    ingressControllers: ingressControllers.map(toSelectorModel),
    setByHand: Object.keys(settings).sort(),
    detections: detections.map(toDetectionModel),
  });
}

function toSelectorModel({ namespaces, pods }: WorkloadSelector): WorkloadSelectorModel {
  return newModel(WorkloadSelectorModel, { namespaces, pods });
}

function toDetectionModel(detection: Detection): ProfileDetectionModel {
  const { setting, reason, object, confidence } = detection;
  const value = valueText(detection);
  return newModel(ProfileDetectionModel, { setting, value, reason, object, confidence });
}

function valueText({ value }: Detection): string {
  if (typeof value !== 'object') return String(value);
  if ('pods' in value) return selectorText(value);
  return value.map((one) => (typeof one === 'string' ? one : selectorText(one))).join(', ');
}

function selectorText({ namespaces, pods }: WorkloadSelector): string {
  const of = namespaces === null ? 'all namespaces' : `namespaces with ${namespaces}`;
  return `${pods === null ? 'all pods' : `pods with ${pods}`} of ${of}`;
}
