using System.Net;
using System.Net.Sockets;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace Net.Tests.TestKit.Dns;

/// <summary>Records of every type that ARSoft can make, with data from a source of numbers.</summary>
/// <param name="next">Gives a number from 0 to one less than its argument.</param>
public sealed class ArsoftRecords(Func<int, int> next)
{
    private static readonly string[] Labels = ["a", "www", "mail", "example", "x-1", "_tcp", "a-label-that-is-long-but-allowed"];

#pragma warning disable CS0612 // SPF and DLV are obsolete, and may come all the same.
    /// <summary>One record of each type; TSIG is left out, which ARSoft writes only as the signature of a message.</summary>
    /// <param name="owner">The owner of all.</param>
    public DnsRecordBase[] OneOfEach(DomainName owner) =>
    [
        .. Basic(owner), .. Mail(owner), .. Service(owner), .. Security(owner), .. Location(owner),
    ];

    /// <summary>A name of one to five labels, many of which recur, so that there is something to compress.</summary>
    public DomainName Name() => new([.. Enumerable.Range(0, 1 + next(4)).Select(_ => Labels[next(Labels.Length)]), "org"]);

    private DnsRecordBase[] Basic(DomainName owner) =>
    [
        new ARecord(owner, Ttl(), new IPAddress(Bytes(4))),
        new AaaaRecord(owner, Ttl(), new IPAddress(Bytes(16))),
        new NsRecord(owner, Ttl(), Name()),
        new CNameRecord(owner, Ttl(), Name()),
        new PtrRecord(owner, Ttl(), Name()),
        new DNameRecord(owner, Ttl(), Name()),
        new SoaRecord(owner, Ttl(), Name(), Name(), (uint)next(int.MaxValue), Ttl(), Ttl(), Ttl(), Ttl()),
        new MxRecord(owner, Ttl(), Number(), Name()),
        new TxtRecord(owner, Ttl(), [.. Enumerable.Range(0, 1 + next(3)).Select(_ => Text(256))]),
        new SpfRecord(owner, Ttl(), "v=spf1 " + Text(100)),
        new HInfoRecord(owner, Ttl(), Text(20), Text(20)),
        new RpRecord(owner, Ttl(), Name(), Name()),
        new AfsdbRecord(owner, Ttl(), AfsdbRecord.AfsSubType.Dce, Name()),
        new RtRecord(owner, Ttl(), Number(), Name()),
        new PxRecord(owner, Ttl(), Number(), Name(), Name()),

        // ARSoft compresses the name of KX, which RFC 3597 4 forbids and our reader does not expand: the name shares no label with others.
        new KxRecord(owner, Ttl(), Number(), new DomainName([$"kx-{next(int.MaxValue)}"])),
        new X25Record(owner, Ttl(), "311061700956"),
        new IsdnRecord(owner, Ttl(), "150862028003217", "004"),
        new WksRecord(owner, Ttl(), new IPAddress(Bytes(4)), ProtocolType.Tcp, [25, 53, (ushort)next(1024)]),
        new NsapRecord(owner, Ttl(), Bytes(20)),
        Unknown(owner, (RecordType)65280, Bytes(next(40))),
    ];

    // RFC 1035 3.3. ARSoft knows these types by number alone.
    private DnsRecordBase[] Mail(DomainName owner) =>
    [
        .. ((RecordType[])[RecordType.Md, RecordType.Mf, RecordType.Mb, RecordType.Mg, RecordType.Mr]).Select(
            type => Unknown(owner, type, ArsoftCodec.Wire(Name()))),
        Unknown(owner, RecordType.MInfo, [.. ArsoftCodec.Wire(Name()), .. ArsoftCodec.Wire(Name())]),
        Unknown(owner, RecordType.Null, Bytes(1 + next(40))),
    ];

    private UnknownRecord Unknown(DomainName owner, RecordType type, byte[] data) => new(owner, type, RecordClass.INet, Ttl(), data);

    private DnsRecordBase[] Service(DomainName owner) =>
    [
        new SrvRecord(owner, Ttl(), Number(), Number(), Number(), Name()),
        new NaptrRecord(owner, Ttl(), Number(), Number(), "S", "SIP+D2U", "!^.*$!sip:info@example.org!", Name()),
        new UriRecord(owner, Ttl(), Number(), Number(), "https://" + Text(30)),
        new CAARecord(owner, Ttl(), 128, "issue", Text(40)),
        new SvcBRecord(owner, Ttl(), (ushort)(1 + next(100)), Name(), Parameters()),
        new HttpsRecord(owner, Ttl(), (ushort)(1 + next(100)), Name(), Parameters()),
        new AplRecord(
            owner, Ttl(), [new AplRecord.AddressPrefix(next(2) == 0, new IPAddress((byte[])[10, (byte)(1 + next(255)), 0, 0]), 16)]),
        new DhcidRecord(owner, Ttl(), Bytes(35)),
    ];

    private DnsRecordBase[] Security(DomainName owner) =>
    [
        new DsRecord(owner, RecordClass.INet, Ttl(), Number(), DnsSecAlgorithm.RsaSha256, DnsSecDigestType.Sha256, Bytes(32)),
        new CDsRecord(owner, RecordClass.INet, Ttl(), Number(), DnsSecAlgorithm.RsaSha256, DnsSecDigestType.Sha256, Bytes(32)),
        new DlvRecord(owner, RecordClass.INet, Ttl(), Number(), DnsSecAlgorithm.RsaSha256, DnsSecDigestType.Sha256, Bytes(32)),
        new DnsKeyRecord(owner, RecordClass.INet, Ttl(), DnsKeyFlags.Zone, 3, DnsSecAlgorithm.RsaSha256, Bytes(64), null!),
        new CDnsKeyRecord(owner, RecordClass.INet, Ttl(), DnsKeyFlags.Zone, 3, DnsSecAlgorithm.RsaSha256, Bytes(64)),
        new KeyRecord(owner, RecordClass.INet, Ttl(), 256, KeyRecordBase.ProtocolType.DnsSec, DnsSecAlgorithm.RsaSha256, Bytes(64)),
        new RrSigRecord(
            owner, RecordClass.INet, Ttl(), RecordType.A, DnsSecAlgorithm.RsaSha256, 2, Ttl(), Time(), Time(), Number(), Name(), Bytes(64)),
        new SigRecord(
            owner, RecordClass.INet, Ttl(), RecordType.A, DnsSecAlgorithm.RsaSha256, 2, Ttl(), Time(), Time(), Number(), Name(), Bytes(64)),
        new NSecRecord(owner, RecordClass.INet, Ttl(), Name(), [RecordType.A, RecordType.Mx, RecordType.RrSig, RecordType.CAA]),
        new NSec3Record(
            owner, RecordClass.INet, Ttl(), NSec3HashAlgorithm.Sha1, NSec3Flags.OptOut, 12, Bytes(4), Bytes(20),
            [RecordType.A, RecordType.NSec]),
        new NSec3ParamRecord(owner, RecordClass.INet, Ttl(), NSec3HashAlgorithm.Sha1, NSec3Flags.None, 12, Bytes(4)),
        new CSyncRecord(
            owner, RecordClass.INet, Ttl(), (uint)next(int.MaxValue), CSyncRecord.CSyncFlags.Immediate, [RecordType.A, RecordType.Ns]),
        new SshFpRecord(
            owner, Ttl(), SshFpRecord.SshFpAlgorithm.Rsa, SshFpRecord.SshFpFingerPrintType.Sha1, Bytes(20)),
        new TlsaRecord(
            owner, Ttl(), TlsaRecord.TlsaCertificateUsage.PkixEE, TlsaRecord.TlsaSelector.SubjectPublicKeyInfo,
            TlsaRecord.TlsaMatchingType.Sha256Hash, Bytes(32)),
        new CertRecord(owner, Ttl(), CertRecord.CertType.Pkix, Number(), DnsSecAlgorithm.RsaSha256, Bytes(50)),
        new OpenPGPKeyRecord(owner, Ttl(), Bytes(50)),
        new HipRecord(owner, Ttl(), IpSecKeyRecord.IpSecAlgorithm.Rsa, Bytes(16), Bytes(32), [Name(), Name()]),
        new IpSecKeyRecord(owner, Ttl(), 10, IpSecKeyRecord.IpSecAlgorithm.Rsa, Name(), Bytes(32)),
        new ZoneMDRecord(
            owner, Ttl(), (uint)next(int.MaxValue), ZoneMDRecord.ZoneMDScheme.Simple, ZoneMDRecord.ZoneMDHashAlgorithm.Sha384, Bytes(48)),
    ];
#pragma warning restore CS0612

    private DnsRecordBase[] Location(DomainName owner) =>
    [
        new LocRecord(owner, Ttl(), 0, 10, 100, 10, new LocRecord.Degree(52.25), new LocRecord.Degree(-4.5), next(1000)),
        new GPosRecord(owner, Ttl(), 4.5, 52.25, next(1000)),
        new NIdRecord(owner, Ttl(), Number(), (ulong)next(int.MaxValue) << 20),
        new L32Record(owner, Ttl(), Number(), (uint)next(int.MaxValue)),
        new L64Record(owner, Ttl(), Number(), (ulong)next(int.MaxValue) << 20),
        new LPRecord(owner, Ttl(), Number(), Name()),
        new Eui48Record(owner, Ttl(), Bytes(6)),
        new Eui64Record(owner, Ttl(), Bytes(8)),
        new AMTRelayRecord(owner, Ttl(), 10, true, Name()),
    ];

    private Dictionary<ServiceBindingParameterKey, ServiceBindingParameterBase> Parameters() =>
        new() { [ServiceBindingParameterKey.Port] = new PortServiceBindingParameter(Number()) };

    private int Ttl() => next(int.MaxValue);

    private ushort Number() => (ushort)next(65536);

    private byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)next(256))];

    private string Text(int below) => new([.. Enumerable.Range(0, next(below)).Select(_ => (char)('0' + next(75)))]);

    private DateTime Time() => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(next(300_000_000));
}
