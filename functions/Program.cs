using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
// The app's own web server would log each request with its whole address, tokens of links included; the host tells of it without its query.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.AddShop(builder.Configuration, addWeb: () => builder.ConfigureFunctionsWebApplication());
builder.Build().Run();
