import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { Request, Response } from 'express';
import { Include } from '../../protocols/native/include/include';
import { nativeErrors } from '../../protocols/native/native-errors';
import { PredictRequestPipe } from '../../protocols/native/predict-request.pipe';
import { PredictionController } from '../../protocols/native/prediction.controller';
import { HttpErrorFilter } from '../errors/http-error.filter';
import { PredictionLimitGuard } from '../requests/prediction-limit.guard';
import { FastHttpAdapter } from './fast-http-adapter';
import { RouteContext } from './route-context';

/**
 * `POST /predict` without a query: guard, pipe, handler and filter of the controller in the order in which Nest calls them,
 * without what Nest does in between for routes of every kind.
 */
@Injectable()
export class FastPredictRoute implements OnModuleInit {
  private readonly filter = new HttpErrorFilter(() => nativeErrors);
  private controller!: PredictionController;

  constructor(
    private readonly host: HttpAdapterHost<FastHttpAdapter>,
    private readonly modules: ModuleRef,
    private readonly guard: PredictionLimitGuard,
    private readonly pipe: PredictRequestPipe,
  ) {}

  onModuleInit(): void {
    const { httpAdapter } = this.host;
    // Without the fast path it is another one.
    if (!(httpAdapter instanceof FastHttpAdapter)) return;
    this.controller = this.modules.get(PredictionController);
    httpAdapter.answer('/predict', (request, response) => void this.answer(request, response));
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const { controller } = this;
    const context = new RouteContext(
      request,
      response,
      PredictionController,
      controller.predict as (...args: never[]) => unknown,
    );
    try {
      await this.guard.canActivate(context);
      const row = await this.pipe.transform(request);
      const body = controller.predict(request, response, row, Include.NOTHING);
      this.host.httpAdapter.reply(response, body, 200);
    } catch (error) {
      this.filter.catch(error, context);
    }
  }
}
