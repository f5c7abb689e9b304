namespace Net.Dns.Wire;

/// <summary>The RDATA of a record: an <see cref="AddressData"/>, a <see cref="NameData"/> or a <see cref="RawData"/>.</summary>
public abstract record DnsRecordData
{
    private protected DnsRecordData()
    {
    }
}
