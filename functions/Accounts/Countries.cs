using System.Collections.Frozen;

namespace Shop.Functions.Accounts;

/// <summary>
/// The countries and territories that ISO 3166-1 has given a code of two letters. No package served here has them, so they
/// stand here, and a test compares them with the regions of the Unicode CLDR that .NET carries.
/// </summary>
public static class Countries
{
    private static readonly FrozenSet<string> Codes = Of("""
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
        KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
        NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
        SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
        UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """);

    /// <summary>
    /// Where letters arrive without a postcode, because there are none or few people use them: nobody there can name one. By the
    /// Universal Postal Union's addressing guides.
    /// </summary>
    private static readonly FrozenSet<string> WithoutPostcode = Of("""
        AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GN GQ GY HK JM KI KM KN KP LC ML MO MR MW
        NR NU PA QA RW SB SC SL SR SS ST SX SY TD TF TG TK TL TO TT TV UG VU YE ZW
        """);

    public static IReadOnlySet<string> All => Codes;

    /// <param name="code">Two capital letters.</param>
    public static bool IsOne(string code) => Codes.Contains(code);

    /// <returns>True when an address there has a postcode.</returns>
    public static bool HasPostcodes(string code) => !WithoutPostcode.Contains(code);

    private static FrozenSet<string> Of(string codes) => codes.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
