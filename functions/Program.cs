using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Shop.Functions;
using Shop.Functions.Platform.Http;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseMiddleware<AnswerOnceMiddleware>();
builder.ConfigureFunctionsWebApplication();
builder.AddShop(builder.Configuration);
builder.Build().Run();
