using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Identity.Web.Resource;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.IdentityModel.Validators;

namespace Microsoft.Identity.Web;

/// <summary>Has a bearer scheme take the tokens that Entra issues for the API, and no others.</summary>
internal static class EntraTokens
{
    public static void Require(
        JwtBearerOptions bearer, MicrosoftIdentityOptions identity, MicrosoftIdentityIssuerValidatorFactory issuers, string scheme)
    {
        if (identity.Authority is not null)
        {
            bearer.Authority = EntraAuthority.Of(identity.Authority);
        }

        EntraAuthority.ThrowIfIncomplete(identity);
        bearer.Authority = EntraAuthority.OfVersion2(
            string.IsNullOrWhiteSpace(bearer.Authority) ? EntraAuthority.Of(identity) : bearer.Authority);

        var validation = bearer.TokenValidationParameters;
        if (validation is { AudienceValidator: null, ValidAudience: null, ValidAudiences: null })
        {
            validation.AudienceValidator = (audiences, token, parameters) =>
                IsForClient(audiences, token, parameters, identity.ClientId, EntraAuthority.IsB2C(identity));
        }

        if (validation is { ValidateIssuer: true, IssuerValidator: null })
        {
            validation.IssuerValidator = issuers.GetAadIssuerValidator(bearer.Authority).Validate;
        }

        validation.EnableAadSigningKeyIssuerValidation();
        bearer.Events ??= new JwtBearerEvents();
        ShareKeys(bearer);
        if (!identity.AllowWebApiToBeAuthorizedByACL)
        {
            RequireScopeOrRole(bearer.Events, scheme);
        }
    }

    /// <summary>A v2.0 token names the client id as its audience, a v1.0 token the default application id URI.</summary>
    private static bool IsForClient(
        IEnumerable<string> audiences, SecurityToken token, TokenValidationParameters parameters, string? clientId, bool isB2C)
    {
        var claims = token switch
        {
            JsonWebToken jwt => jwt.Claims,
            JwtSecurityToken jwt => jwt.Claims,
            _ => throw new SecurityTokenValidationException("The token is not a JWT."),
        };
        var version = claims.FirstOrDefault(claim => claim.Type == "ver")?.Value;

        // What was set on the parameters after this validator was chosen (JwtBearerOptions.Audience) counts instead.
        parameters.AudienceValidator = null;
        if (string.IsNullOrEmpty(parameters.ValidAudience) && parameters.ValidAudiences is null)
        {
            parameters.ValidAudience = isB2C || version == "2.0" ? clientId : version == "1.0" ? $"api://{clientId}" : null;
        }

        Validators.ValidateAudience(audiences, token, parameters);
        return true;
    }

    /// <summary>The issuer is checked against the same discovery document as the signature, and refreshed with it.</summary>
    private static void ShareKeys(JwtBearerOptions bearer)
    {
        var received = bearer.Events.OnMessageReceived;
        bearer.Events.OnMessageReceived = async context =>
        {
            context.Options.TokenValidationParameters.ConfigurationManager ??= bearer.ConfigurationManager as BaseConfigurationManager;
            await received(context).ConfigureAwait(false);
        };
    }

    private static void RequireScopeOrRole(JwtBearerEvents events, string scheme)
    {
        var validated = events.OnTokenValidated;
        events.OnTokenValidated = async context =>
        {
            if (!context.Principal!.Claims.Any(GrantsSomething))
            {
                context.Fail($"IDW10201: The bearer token of scheme '{scheme}' carries neither a scope nor a role.");
            }

            await validated(context).ConfigureAwait(false);
        };
    }

    private static bool GrantsSomething(Claim claim) =>
        claim.Type is ClaimConstants.Scp or ClaimConstants.Scope or ClaimConstants.Roles or ClaimConstants.Role;
}
