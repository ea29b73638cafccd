using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Platform.Access;

/// <summary>
/// Decides who gets through to an HTTP function. The worker's own pipeline has no authorization step, so
/// <c>[Authorize]</c> would protect nothing: this is the one place that does.
/// </summary>
public sealed class AccessMiddleware(AccessRules rules) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            // Queue and timer functions are called by the host, not by people.
            await next(context);
            return;
        }

        var refusal = rules[context.FunctionDefinition.Name] switch
        {
            Access.Anonymous => null,
            Access.SignedIn => await SignIn(http),
            Access.Role role => await SignIn(http) ?? (http.User.IsInRole(role.Name) ? null : Problem.RoleMissing(role.Name)),
            _ => Problem.NoAccess,
        };
        if (refusal is null) await next(context);
        else await refusal.ExecuteAsync(http);
    }

    private static async Task<Problem?> SignIn(HttpContext http)
    {
        var result = await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (!result.Succeeded) return Problem.NotSignedIn;
        http.User = result.Principal;
        if (Caller.Of(http.User) is not { } caller) return Problem.NotSignedIn;
        http.Features.Set(caller);
        return null;
    }
}
