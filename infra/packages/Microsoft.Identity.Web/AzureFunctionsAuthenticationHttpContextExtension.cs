using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Microsoft.Identity.Web;

public static class AzureFunctionsAuthenticationHttpContextExtension
{
    /// <summary>Authenticates the request with the scheme <c>Bearer</c> and, if that succeeds, sets its user.</summary>
    /// <returns>Whether it succeeded, and if not, the 401 answer with a problem as its body.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="httpContext"/> is null.</exception>
    public static async Task<(bool, IActionResult?)> AuthenticateAzureFunctionAsync(this HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var result = await httpContext.AuthenticateAsync(Constants.Bearer).ConfigureAwait(false);
        if (result is { Succeeded: true })
        {
            httpContext.User = result.Principal;
            return (true, null);
        }

        var problem = new ProblemDetails { Title = "Authorization failed.", Detail = result?.Failure?.Message };
        return (false, new UnauthorizedObjectResult(problem));
    }
}
