using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Shop.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddShop(builder.Configuration, addWeb: () => builder.ConfigureFunctionsWebApplication());
builder.Build().Run();
