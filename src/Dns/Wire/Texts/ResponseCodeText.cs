using System.Globalization;

namespace Net.Dns.Wire;

/// <summary>The mnemonics of response codes. Source: the IANA registry "DNS RCODEs".</summary>
public static class ResponseCodeText
{
    /// <summary>The mnemonic of a code, such as NXDOMAIN; <c>RCODE11</c> for a code without one.</summary>
    public static string Of(DnsResponseCode code) => code switch
    {
        DnsResponseCode.NoError => "NOERROR",
        DnsResponseCode.FormatError => "FORMERR",
        DnsResponseCode.ServerFailure => "SERVFAIL",
        DnsResponseCode.NameError => "NXDOMAIN",
        DnsResponseCode.NotImplemented => "NOTIMP",
        DnsResponseCode.Refused => "REFUSED",
        DnsResponseCode.BadVersion => "BADVERS",
        _ => "RCODE" + ((ushort)code).ToString(CultureInfo.InvariantCulture),
    };
}
