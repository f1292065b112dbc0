import { ClientError } from '@portolan/client';
import { type Shape, ShapeFault } from '@portolan/report';

/** Takes the data of an answer for what they have to be: data that are not understood as a whole answer nothing. */
export function readData<Data>(shape: Shape<Data>): (data: unknown) => Data {
  return (data) => {
    try {
      return shape(data, 'data');
    } catch (error) {
      if (!(error instanceof ShapeFault)) throw error;
      throw new ClientError(
        `The answer is not understood: ${error.at} ${error.message}; is it another version of Portolan?`,
      );
    }
  };
}
