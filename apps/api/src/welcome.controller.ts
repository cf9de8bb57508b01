import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InferenceService } from '@inferserve/inference';

class WelcomeResponse {
  @ApiProperty({ example: 'Welcome to the Iris Classification API' })
  readonly message!: string;
}

/** `GET /`: says what this is. */
@Controller()
export class WelcomeController {
  constructor(private readonly inference: InferenceService) {}

  @Get()
  @ApiTags('service')
  @ApiOperation({ operationId: 'welcome', summary: 'Say what this service is' })
  @ApiOkResponse({ description: 'A welcome', type: WelcomeResponse })
  welcome(): WelcomeResponse {
    const { name } = this.inference.artifact;
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    return { message: `Welcome to the ${title} Classification API` };
  }
}
