namespace Shop.Functions.Privacy.Policy;

/// <summary>GDPR (UK and EU), Article 6(1).</summary>
public enum LawfulBasis
{
    /// <summary>Nothing personal: no basis is needed.</summary>
    NotPersonal,

    /// <summary>(a)</summary>
    Consent,

    /// <summary>(b)</summary>
    Contract,

    /// <summary>(c)</summary>
    LegalObligation,

    /// <summary>(f)</summary>
    LegitimateInterest,
}
