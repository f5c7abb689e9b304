using System.Buffers.Binary;
using System.Text;
using DnsClient;
using DnsClient.Protocol;

namespace Net.Tests.TestKit.Dns;

/// <summary>RDATA of what DnsClient has read. That library only reads, so RDATA is written here from its values, to be compared with RDATA
/// of other libraries.</summary>
public static class DnsClientRecords
{
    /// <summary>The RDATA of a record without compression (RFC 1035 3.3 and the RFC of each type).</summary>
    public static byte[] EncodeData(DnsResourceRecord record) => record switch
    {
        AddressRecord address => address.Address.GetAddressBytes(),
        NsRecord ns => Name(ns.NSDName),
        CNameRecord cname => Name(cname.CanonicalName),
        PtrRecord ptr => Name(ptr.PtrDomainName),
        MbRecord mb => Name(mb.MadName),
        MgRecord mg => Name(mg.MgName),
        MrRecord mr => Name(mr.NewName),
        MInfoRecord minfo => [.. Name(minfo.RMailBox), .. Name(minfo.EmailBox)],
        RpRecord rp => [.. Name(rp.MailboxDomainName), .. Name(rp.TextDomainName)],
        SoaRecord soa =>
        [
            .. Name(soa.MName), .. Name(soa.RName), .. Number(soa.Serial), .. Number(soa.Refresh), .. Number(soa.Retry),
            .. Number(soa.Expire), .. Number(soa.Minimum),
        ],
        MxRecord mx => [.. Short(mx.Preference), .. Name(mx.Exchange)],
        AfsDbRecord afs => [.. Short((int)afs.SubType), .. Name(afs.Hostname)],
        SrvRecord srv => [.. Short(srv.Priority), .. Short(srv.Weight), .. Short(srv.Port), .. Name(srv.Target)],
        TxtRecord txt => [.. txt.Text.SelectMany(Text)],
        HInfoRecord hinfo => [.. Text(hinfo.Cpu), .. Text(hinfo.OS)],
        NullRecord any => any.Anything,
        WksRecord wks => [.. wks.Address.GetAddressBytes(), (byte)wks.Protocol, .. wks.Bitmap],
        NAPtrRecord naptr =>
        [
            .. Short(naptr.Order), .. Short(naptr.Preference), .. Text(naptr.Flags), .. Text(naptr.Services),
            .. Text(naptr.RegularExpression), .. Name(naptr.Replacement),
        ],
        UriRecord uri => [.. Short(uri.Priority), .. Short(uri.Weight), .. Encoding.ASCII.GetBytes(uri.Target)],
        CaaRecord caa => [caa.Flags, .. Text(caa.Tag), .. Encoding.ASCII.GetBytes(caa.Value)],
        CertRecord cert => [.. Short((int)cert.CertType), .. Short(cert.KeyTag), (byte)cert.Algorithm, .. cert.PublicKey],
        SshfpRecord sshfp => [(byte)sshfp.Algorithm, (byte)sshfp.FingerprintType, .. Convert.FromHexString(sshfp.Fingerprint)],
        TlsaRecord tlsa =>
            [(byte)tlsa.CertificateUsage, (byte)tlsa.Selector, (byte)tlsa.MatchingType, .. tlsa.CertificateAssociationData],
        DsRecord ds => [.. Short(ds.KeyTag), (byte)ds.Algorithm, ds.DigestType, .. ds.Digest],
        DnsKeyRecord key => [.. Short(key.Flags), key.Protocol, (byte)key.Algorithm, .. key.PublicKey],
        RRSigRecord rrsig =>
        [
            .. Short((int)rrsig.CoveredType), (byte)rrsig.Algorithm, rrsig.Labels, .. Number((uint)rrsig.OriginalTtl),
            .. Number((uint)rrsig.SignatureExpiration.ToUnixTimeSeconds()), .. Number((uint)rrsig.SignatureInception.ToUnixTimeSeconds()),
            .. Short(rrsig.KeyTag), .. Name(rrsig.SignersName), .. rrsig.Signature,
        ],
        NSecRecord nsec => [.. Name(nsec.NextDomainName), .. nsec.TypeBitMapsRaw],
        NSec3Record nsec3 =>
        [
            nsec3.HashAlgorithm, nsec3.Flags, .. Short(nsec3.Iterations), (byte)nsec3.Salt.Length, .. nsec3.Salt,
            (byte)nsec3.NextOwnersName.Length, .. nsec3.NextOwnersName, .. nsec3.TypeBitMapsRaw,
        ],
        NSec3ParamRecord param => [param.HashAlgorithm, param.Flags, .. Short(param.Iterations), (byte)param.Salt.Length, .. param.Salt],
        UnknownRecord unknown => [.. unknown.Data],
        _ => throw new NotSupportedException($"{record.GetType().Name}: {record}"),
    };

    /// <summary>The name without compression. DnsClient ends it with a dot.</summary>
    public static byte[] Name(DnsString name) =>
        [.. name.Value.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(Text), 0];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
