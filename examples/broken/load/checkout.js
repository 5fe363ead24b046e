import http from 'k6/http'

export const options = {vus: 100, duration: '5m', thresholds: {http_req_failed: ['rate<0.01'], http_req_duration: ['p(95)<500']}}

export default function () {
  http.get('https://staging.shop.example/api/items')
}
