package dev.berth.functions;

import berth.wx.Openapi.CommApiData;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/** The part {@code requestData} of {@code wx.openApi} (AD-101). */
final class RequestData {
    private RequestData() {}

    /** @throws InvalidProtocolBufferException with what was wrong */
    static CommApiData read(byte[] bytes) throws InvalidProtocolBufferException {
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(bytes);
        List<Long> types = fields.getField(CommApiData.APITYPE_FIELD_NUMBER).getVarintList();
        boolean forToken = !types.isEmpty() && types.getLast() == CommApiData.ApiType.TOKEN_API_VALUE;
        List<ByteString> fifth =
                fields.getField(CommApiData.TOKENDATA_FIELD_NUMBER).getLengthDelimitedList();
        if (forToken || fifth.isEmpty()) {
            return CommApiData.parseFrom(bytes);
        }
        // wx-server-sdk 2.2.0 and its like had no TokenApiData; their fifth field is the AppID.
        UnknownFieldSet others = UnknownFieldSet.newBuilder(fields)
                .clearField(CommApiData.TOKENDATA_FIELD_NUMBER)
                .build();
        return CommApiData.parseFrom(others.toByteString()).toBuilder()
                .setAppid(fifth.getLast().toStringUtf8())
                .build();
    }
}
