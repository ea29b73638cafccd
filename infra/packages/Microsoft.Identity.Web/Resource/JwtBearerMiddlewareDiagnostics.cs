using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;

namespace Microsoft.Identity.Web.Resource;

/// <summary>Watches the events of a bearer scheme.</summary>
public interface IJwtBearerMiddlewareDiagnostics
{
    JwtBearerEvents Subscribe(JwtBearerEvents events);
}

/// <summary>Logs at debug level when each event begins and ends, and nothing of what the tokens hold.</summary>
public class JwtBearerMiddlewareDiagnostics : IJwtBearerMiddlewareDiagnostics
{
    private readonly ILogger _logger;

    public JwtBearerMiddlewareDiagnostics(ILogger<JwtBearerMiddlewareDiagnostics> logger) => _logger = logger;

    public JwtBearerEvents Subscribe(JwtBearerEvents events)
    {
        events ??= new JwtBearerEvents();
        events.OnMessageReceived = Watched("message received", events.OnMessageReceived);
        events.OnTokenValidated = Watched("token validated", events.OnTokenValidated);
        events.OnAuthenticationFailed = Watched("authentication failed", events.OnAuthenticationFailed);
        events.OnChallenge = Watched("challenge", events.OnChallenge);
        return events;
    }

    private Func<TContext, Task> Watched<TContext>(string name, Func<TContext, Task> handler)
        where TContext : BaseContext<JwtBearerOptions> =>
        async context =>
        {
            _logger.LogDebug("Bearer event {Event} begins.", name);
            await handler(context).ConfigureAwait(false);
            _logger.LogDebug("Bearer event {Event} ends.", name);
        };
}
