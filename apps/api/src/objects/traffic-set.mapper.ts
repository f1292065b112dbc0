import { formatTraffic, isAllTraffic, type TrafficSet } from '@portolan/model';
import { newModel } from '../schema/new-model.js';
import { PortRangeModel, TrafficSetModel } from './traffic-set.model.js';

/** Rows with the same traffic share the object, so each is put into words once. */
const made = new WeakMap<TrafficSet, TrafficSetModel>();

/** From the model's ranges to the type of the API. */
export function toTrafficSetModel(traffic: TrafficSet): TrafficSetModel {
  let model = made.get(traffic);
  if (model === undefined) {
    model = newModel(TrafficSetModel, {
      text: formatTraffic(traffic),
      isAll: isAllTraffic(traffic),
      isEmpty: traffic.length === 0,
      ranges: traffic.map(({ protocol, from, to }) =>
        newModel(PortRangeModel, { protocol, from, to }),
      ),
    });
    made.set(traffic, model);
  }
  return model;
}
