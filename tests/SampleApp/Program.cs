using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SampleApp;

var builder = new HostBuilder().ConfigureFunctionsWebApplication(Sample.Configure);
Sample.Generated(builder);
var host = builder.Build();
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => Console.WriteLine(Sample.LastWords));
host.Run();
