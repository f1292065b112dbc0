import { formatTraffic, isAllTraffic, type TrafficSet } from '@portolan/model';
import { newModel } from '../relay/new-model.js';
import { PortRangeModel, TrafficSetModel } from './traffic-set.model.js';

export function toTrafficSetModel(traffic: TrafficSet): TrafficSetModel {
  return newModel(TrafficSetModel, {
    text: formatTraffic(traffic),
    isAll: isAllTraffic(traffic),
    isEmpty: traffic.length === 0,
    ranges: traffic.map(({ protocol, from, to }) =>
      newModel(PortRangeModel, { protocol, from, to }),
    ),
  });
}
