using System.Globalization;

namespace Net.Dns.Wire;

/// <summary>The names of response codes. Source: the IANA registry "DNS RCODEs".</summary>
public static class ResponseCodeText
{
    /// <summary>The name that tools print, such as NXDOMAIN; <c>RCODE11</c> for a code without.</summary>
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
