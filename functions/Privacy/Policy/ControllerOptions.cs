using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>Settings <c>Controller__*</c>: who answers for personal data, as the published policy names it (policy, 1.7).</summary>
public sealed class ControllerOptions : IValidatableObject
{
    public const string Section = "Controller";

    /// <summary>The company's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its postal address in one line.</summary>
    public string Address { get; set; } = "";

    /// <summary>The address that people write to about their data.</summary>
    public string Email { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Name)) yield return new("Controller__Name is missing: set the company that answers for personal data.");
        if (string.IsNullOrWhiteSpace(Address)) yield return new("Controller__Address is missing: set the company's postal address.");
        if (!EmailAddress.Is(Email)) yield return new("Controller__Email is missing or no e-mail address: set the address that people write to about their data.");
    }
}
